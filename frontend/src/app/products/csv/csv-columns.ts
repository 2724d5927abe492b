/** What of a product a CSV file may say. Each is also a name among the texts of the page, below `product`. */
export const CSV_COLUMNS = [
  'title',
  'price',
  'code',
  'category',
  'stock',
  'lowStock',
  'description',
  'thumbnail',
] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

/** What files of other programs call them, besides the names that this page writes. */
const ALIASES: Readonly<Record<CsvColumn, readonly string[]>> = {
  title: ['nombre', 'producto', 'articulo', 'name', 'product', 'item'],
  price: ['pvp', 'importe', 'unit price'],
  code: ['sku', 'ref', 'referencia', 'reference', 'id'],
  category: ['familia', 'tipo', 'type'],
  stock: ['existencias', 'cantidad', 'unidades', 'piezas', 'quantity', 'qty', 'pieces'],
  lowStock: ['minimo', 'stock minimo', 'minimum', 'minimum stock'],
  description: ['detalle', 'observaciones', 'details', 'notes'],
  thumbnail: ['imagen', 'foto', 'picture', 'image', 'photo'],
};

/** Which column a heading names; undefined when it is none that can be imported. */
export type ColumnNames = (heading: string) => CsvColumn | undefined;

/** @param written the names that the page writes, in each of its languages */
export function columnNames(written: (column: CsvColumn) => readonly string[]): ColumnNames {
  const columns = new Map(
    CSV_COLUMNS.flatMap((column) => [...written(column), ...ALIASES[column]].map((name) => [plain(name), column])),
  );
  return (heading) => columns.get(plain(heading));
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .replaceAll(/[\s_*:-]+/g, ' ')
    .trim()
    .toLowerCase();
}
