/** Places that orders have in hand, each with how many: an order that lets one go does not let it go for another that has it too. */

interface InHand {
  orders: number;
  /** One of them got it, or may have. */
  isGone: boolean;
}

export class PlacesInHand {
  readonly #places = new Map<string, Map<string, InHand>>();

  /** @param of the event, or the hold, whose places they are */
  begin(of: string, places: readonly string[]): void {
    const begun = this.#places.get(of) ?? new Map<string, InHand>();
    this.#places.set(of, begun);
    for (const place of places) {
      const known = begun.get(place);
      if (known) known.orders += 1;
      else begun.set(place, { orders: 1, isGone: false });
    }
  }

  letGo(of: string, places: readonly string[]): void {
    const begun = this.#places.get(of);
    for (const place of places) {
      const known = begun?.get(place);
      if (known && (known.orders -= 1) === 0) begun?.delete(place);
    }
    if (begun?.size === 0) this.#places.delete(of);
  }

  has(of: string, place: string): boolean {
    return this.#places.get(of)?.has(place) ?? false;
  }

  in(of: string): Iterable<string> {
    return this.#places.get(of)?.keys() ?? [];
  }

  /** Whoever else has one of them in hand is told. */
  gone(of: string, places: readonly string[]): void {
    for (const place of places) {
      const known = this.#places.get(of)?.get(place);
      if (known) known.isGone = true;
    }
  }

  isGone(of: string, place: string): boolean {
    return this.#places.get(of)?.get(place)?.isGone ?? false;
  }

  /** Of the places of one order. @returns one that another order has too, or got meanwhile */
  wanted(of: string, places: readonly string[]): string | undefined {
    const begun = this.#places.get(of);
    return places.find((place) => {
      const known = begun?.get(place);
      return known !== undefined && (known.orders > 1 || known.isGone);
    });
  }
}
