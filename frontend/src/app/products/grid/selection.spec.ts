import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../../testing/records';
import { toggled } from './selection';

const products = [5, 3, 8, 1].map((id) => aProduct({ id }));
const select = (selected: readonly number[], id: number, from?: number) => [
  ...toggled(new Set(selected), products, id, from),
];

describe('the selection', () => {
  it('gains and loses one product with each press', () => {
    expect(select([], 3)).toEqual([3]);
    expect(select([3, 8], 3)).toEqual([8]);
  });

  it('gains all that are shown from the one before up to this one, in both directions', () => {
    expect(select([5], 8, 5)).toEqual([5, 3, 8]);
    expect(select([1], 3, 1)).toEqual([1, 3, 8]);
  });

  it('loses them when this one was selected', () => {
    expect(select([5, 3, 8, 1], 8, 5)).toEqual([1]);
  });

  it('is this one only when the one before is not shown any more', () => {
    expect(select([], 8, 99)).toEqual([8]);
  });
});
