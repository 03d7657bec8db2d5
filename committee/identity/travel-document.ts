/** What a zone says, checked. It shows nothing of itself unless one of its fields is asked for. */
import { Redacted } from './redacted.js';
import type { HolderName } from './names.js';
import type { MrzFormat } from './zone.js';

export type Sex = 'F' | 'M' | '<';

export interface DocumentFields {
  readonly format: MrzFormat;
  /** One or two letters, without fillers: `P`, `ID`. */
  readonly documentCode: string;
  /** Doc 9303 part 3 section 5, without fillers: `UTO`, and `D` for Germany. */
  readonly issuer: string;
  /** Fillers at the end removed, those inside kept. */
  readonly documentNumber: string;
  readonly nationality: string;
  /** YYMMDD; what is unknown is fillers. */
  readonly birthDate: string;
  readonly sex: Sex;
  /** YYMMDD */
  readonly expiryDate: string;
  readonly name: HolderName;
  /** TD1: both fields, in their order; TD2: the one; TD3: the personal number. Fillers at the end removed. */
  readonly optionalData: readonly string[];
}

export class TravelDocument extends Redacted implements DocumentFields {
  readonly #fields: DocumentFields;

  constructor(fields: DocumentFields) {
    super();
    this.#fields = fields;
  }

  get format(): MrzFormat {
    return this.#fields.format;
  }

  get documentCode(): string {
    return this.#fields.documentCode;
  }

  get issuer(): string {
    return this.#fields.issuer;
  }

  get documentNumber(): string {
    return this.#fields.documentNumber;
  }

  get nationality(): string {
    return this.#fields.nationality;
  }

  get birthDate(): string {
    return this.#fields.birthDate;
  }

  get sex(): Sex {
    return this.#fields.sex;
  }

  get expiryDate(): string {
    return this.#fields.expiryDate;
  }

  get name(): HolderName {
    return this.#fields.name;
  }

  get optionalData(): readonly string[] {
    return this.#fields.optionalData;
  }
}
