import { pastMessage, pastProduct, type PastRecord } from './past.ts';

/** Where the shop is. */
export const ZONE = 'Europe/Madrid';
/** In that zone it is 10:24 of a Monday. */
export const NOW = '2026-03-09T09:24:30.000Z';

const [ana, beto, eva] = ['ana@acme.com', 'beto@acme.com', 'eva@acme.com'] as const;
const at = (time: string) => `2026-03-09T${time}.000Z`;

/**
 * What a stationer's shop has done this morning.
 * @param link of a drawing
 */
export function morning(link: (name: string) => string): PastRecord[] {
  const product = (
    by: string,
    time: string,
    fields: Parameters<typeof pastProduct>[2] & { picture: string },
  ): PastRecord => {
    const { picture, ...rest } = fields;
    return pastProduct(by, at(time), { ...rest, thumbnail: link(picture) });
  };
  return [
    product(ana, '07:40:11', {
      title: 'Escuadra',
      price: 123.45,
      code: 'ESC',
      category: 'Geometría',
      stock: 40,
      picture: 'escuadra',
    }),
    product(ana, '07:41:52', {
      title: 'Calculadora',
      price: 234.56,
      code: 'CAL',
      category: 'Electrónica',
      stock: 25,
      picture: 'calculadora',
    }),
    product(ana, '07:43:20', {
      title: 'Globo terráqueo',
      price: 345.67,
      code: 'GLO',
      category: 'Geografía',
      stock: 12,
      picture: 'globo',
    }),
    product(beto, '07:58:04', {
      title: 'Cuaderno A4',
      price: 3.9,
      code: 'CUA-A4',
      category: 'Papelería',
      stock: 320,
      picture: 'cuaderno',
    }),
    product(beto, '08:01:37', {
      title: 'Lápices',
      price: 7.25,
      code: 'LAP-12',
      category: 'Dibujo',
      stock: 86,
      picture: 'lapices',
    }),
    product(eva, '08:10:45', {
      title: 'Papel 80 g',
      price: 5.2,
      code: 'PAP-80',
      category: 'Papelería',
      stock: 6,
      picture: 'papel',
    }),
    product(eva, '08:12:08', {
      title: 'Tijeras',
      price: 4.75,
      code: 'TIJ',
      category: 'Taller',
      stock: 54,
      picture: 'tijeras',
    }),
    pastMessage(beto, at('09:02:13'), '¡Buenos días! ¿Cuánto papel nos queda?'),
    pastMessage(eva, at('09:03:40'), 'Seis paquetes. Ya pedí dos cajas, llegan el miércoles'),
    pastMessage(ana, at('09:05:07'), 'Perfecto. Hoy viene el colegio a por diez calculadoras'),
    { type: 'stock-moved', by: beto, at: at('09:11:26'), product: 2, delta: -10, stock: 15, note: 'Colegio San José' },
    pastMessage(beto, at('09:12:02'), '¡Apartadas! Nos quedan 15'),
    pastMessage(ana, at('09:13:55'), 'Gracias. Les preparo la factura y se la llevan a las once'),
    { type: 'product-changed', by: eva, at: at('09:18:31'), product: 3, fields: { price: 329.9 } },
    pastMessage(eva, at('09:19:15'), 'Bajé el globo terráqueo a 329,90 hasta el viernes'),
    product(ana, '09:22:48', {
      title: 'Mochila',
      price: 39.5,
      code: 'MOC',
      category: 'Colegio',
      stock: 18,
      picture: 'mochila',
    }),
    pastMessage(beto, at('09:20:44'), '¡Bien! Lo pongo en el escaparate'),
    pastMessage(ana, at('09:23:09'), 'Y acaban de entrar las mochilas, ya están en la pizarra'),
  ];
}
