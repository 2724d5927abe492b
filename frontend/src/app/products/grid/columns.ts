import type { Layout } from '../../ui/page-layout';
import type { ShownProduct } from '../pending-products';
import type { EditableField } from '../product-edit';

/** The columns that a person may sort by, and most of them hide. */
export const DATA_COLUMNS = ['title', 'price', 'code', 'category', 'stock', 'change'] as const;
export type DataColumn = (typeof DATA_COLUMNS)[number];

export function isData(column: Column): column is DataColumn {
  return (DATA_COLUMNS as readonly Column[]).includes(column);
}

/** All columns of the grid, in their order. */
export const COLUMNS = ['select', 'picture', ...DATA_COLUMNS, 'actions'] as const;
export type Column = (typeof COLUMNS)[number];

/** Those that a person may hide. */
export const HIDEABLE = ['picture', 'code', 'category', 'stock', 'change'] as const satisfies readonly Column[];

/** Those whose cell becomes an input. */
const EDITABLE = ['title', 'price', 'code', 'category', 'stock'] as const satisfies readonly Column[];
export type EditableColumn = (typeof EDITABLE)[number];

export function isEditable(column: Column): column is EditableColumn {
  return (EDITABLE as readonly Column[]).includes(column);
}

/** The column whose cell asks which value a field takes: on a card, and where its own is hidden, another one. */
export function placeOf(field: EditableField, columns: readonly Column[], layout: Layout): Column {
  if (layout === 'phone') return 'price';
  return columns.find((column) => column === field) ?? 'title';
}

/** What the products are sorted by; undefined is the order in which they were added. */
export interface Sorting {
  readonly by: DataColumn;
  readonly descending: boolean;
}

/** After a press on the head of a column: upwards, downwards, and as added again. */
export function nextSorting(sorting: Sorting | undefined, by: DataColumn): Sorting | undefined {
  if (sorting?.by !== by) return { by, descending: false };
  return sorting.descending ? undefined : { by, descending: true };
}

/** The products in another order. What is equal keeps its order, and what is empty comes last either way. */
export function sorted(
  products: readonly ShownProduct[],
  sorting: Sorting | undefined,
  language: string,
): readonly ShownProduct[] {
  if (!sorting) return products;
  const { by, descending } = sorting;
  const sign = descending ? -1 : 1;
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  return products.toSorted((a, b) => {
    const [left, right] = [valueOf(a, by), valueOf(b, by)];
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    const [first, second] = [String(left), String(right)];
    if (first === '' || second === '') return Number(first === '') - Number(second === '');
    return sign * collator.compare(first, second);
  });
}

function valueOf(product: ShownProduct, column: DataColumn): string | number {
  return column === 'change' ? product.n : product[column];
}
