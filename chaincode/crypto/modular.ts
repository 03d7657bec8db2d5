/** Arithmetic modulo a prime in BigInt. Its time depends on its operands: it is for public values, but for one addition or product of a secret. */

export function mod(value: bigint, prime: bigint): bigint {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

/** Extended Euclid. @param value not a multiple of the prime */
export function invert(value: bigint, prime: bigint): bigint {
  let [rest, next] = [prime, mod(value, prime)];
  let [coefficient, nextCoefficient] = [0n, 1n];
  if (next === 0n) throw new RangeError('zero has no inverse');
  while (next !== 0n) {
    const quotient = rest / next;
    const remainder = rest - quotient * next;
    rest = next;
    next = remainder;
    const following = coefficient - quotient * nextCoefficient;
    coefficient = nextCoefficient;
    nextCoefficient = following;
  }
  return mod(coefficient, prime);
}

export function power(base: bigint, exponent: bigint, prime: bigint): bigint {
  let [result, square] = [1n, base];
  for (let bits = exponent; bits > 0n; bits >>= 1n) {
    if (bits & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}
