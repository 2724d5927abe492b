import { pastMessage, pastProduct, type PastRecord } from './past.ts';

const AT = '2026-03-09T08:00:00.000Z';
const BY = 'maria.fernanda.de-los-angeles@distribuciones-acme.example.com';

/** Prices and stock of 4 to 9 digits, titles and names as long as they come. */
export function numbers(): PastRecord[] {
  const products = [4, 5, 6, 7, 8, 9].map((digits) =>
    pastProduct(BY, AT, {
      title: `Producto de ${digits} cifras con un nombre que no cabe en una columna corriente`,
      price: Number('123456789'.slice(0, digits)) + 0.99,
      stock: Number('987654321'.slice(0, digits)),
      code: `CODIGO-LARGO-${'9'.repeat(digits)}`,
      category: 'Electrónica de consumo y oficina',
    }),
  );
  const title = 'Esternocleidomastoideo'.repeat(6);
  return [
    ...products,
    pastProduct(BY, AT, { title, price: 0.5, stock: 1 }),
    pastMessage(BY, AT, 'Una palabra sin fin: ' + 'a'.repeat(200)),
  ];
}
