/** The order of places, ascending, and which of them are neighbours. */
import type { Place } from '../../ids.js';
import { compareText } from './book.js';

/** A to Z before AA, 9 before 10: the shorter label first, then by bytes. */
const compareLabels = (a: string, b: string): number => a.length - b.length || compareText(a, b);

/** By section, row and number; a pool has one row without a name. */
export const comparePlaces = (a: Place, b: Place): number =>
  compareLabels(a.section, b.section) || compareLabels(a.row ?? '', b.row ?? '') || a.number - b.number;

/** `b` is the next after `a` in the same row. */
export const isNext = (a: Place, b: Place): boolean =>
  a.section === b.section && a.row === b.row && a.number + 1 === b.number;
