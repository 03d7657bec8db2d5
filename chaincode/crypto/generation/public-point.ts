/**
 * Decoding of the points on a board. A square root costs as much as a multiplication, and the same point is needed when its dealing is posted, when a
 * share is checked and when the key is made. Oldest out first.
 */
import { decodePoint, type Point } from '../point.js';

const CACHE_SIZE = 4_096;
const cache = new Map<string, Point>();

/** @throws {Fault} POINT_INVALID */
export function decodePublic(text: string, field: string): Point {
  const known = cache.get(text);
  if (known) return known;
  const point = decodePoint(text, field);
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value ?? '');
  cache.set(text, point);
  return point;
}
