import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { COMMANDS } from '../contract/index.js';
import { AddProductDto } from '../products/products.dto.js';
import type { Draft, DraftsRead } from './import-chat.js';

/** Who is said to have added a product of which the file does not say it. */
const UNKNOWN_MEMBER = 'import@localhost';
const NO_ID = '00000000-0000-4000-8000-000000000000';

/** Reads the list of a `products.json`: each product that a member could have added is one. */
export function readProducts(list: string): DraftsRead {
  const drafts: Draft[] = [];
  const unread: string[] = [];
  const now = new Date().toISOString();
  for (const [index, product] of parse(list, unread).entries()) {
    const { at, by, title, price, thumbnail, description, code, category, stock, lowStock } = Object(product) as Fields;
    const payload = plainToInstance(AddProductDto, {
      id: NO_ID,
      title,
      price,
      thumbnail,
      description,
      code,
      category,
      stock,
      lowStock,
    });
    const broken = validateSync(payload).map(({ property }) => property);
    if (broken.length > 0) {
      unread.push(`products.json, product ${index + 1}: not valid: ${broken.join(', ')}.`);
      continue;
    }
    const body = { type: 'product-added', ...COMMANDS['product:add'].body(payload) } as const;
    drafts.push({ at: instant(at) ?? now, by: typeof by === 'string' && by ? by : UNKNOWN_MEMBER, body });
  }
  return { drafts, unread };
}

type Fields = Readonly<Partial<Record<keyof AddProductDto | 'at' | 'by', unknown>>>;

function parse(list: string, unread: string[]): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(list);
    if (Array.isArray(parsed)) return parsed;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  unread.push('products.json is not a list in JSON.');
  return [];
}

function instant(at: unknown): string | undefined {
  return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? new Date(at).toISOString() : undefined;
}
