/**
 * The chaincode package: a deterministic tar.gz (fixed times and owners), so that every organization that packs the same
 * chaincode gets the same package id. It holds no address and no key; each organization's builder adds its own.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface ChaincodePackage {
  /** `name_version`, also the name under which the builder finds the server. */
  readonly label: string;
  /** `label:sha256`, as the peers compute it. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

export function packChaincode(name: string, version: string): ChaincodePackage {
  const label = `${name}_${version}`;
  const metadata = JSON.stringify({ type: 'ccaas', label });
  const bytes = tarGz([
    { name: 'metadata.json', content: Buffer.from(metadata) },
    { name: 'code.tar.gz', content: tarGz([{ name: 'label', content: Buffer.from(label) }]) },
  ]);
  return { label, id: `${label}:${createHash('sha256').update(bytes).digest('hex')}`, bytes };
}

interface TarEntry {
  readonly name: string;
  readonly content: Buffer;
}

const BLOCK = 512;

/** POSIX.1-1988 ustar with every field that could differ from machine to machine set to zero. */
function tarGz(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ name, content }) => [
    tarHeader(name, content.length),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  const compressed = gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9 });
  compressed[9] = 0xff; // RFC 1952: operating system unknown
  return compressed;
}

function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, '0');
  header.write(name, 0, 100);
  header.write(octal(0o644, 8), 100); // mode
  header.write(octal(0, 8), 108); // owner
  header.write(octal(0, 8), 116); // group
  header.write(octal(size, 12), 124);
  header.write(octal(0, 12), 136); // modification time
  header.write('        ', 148); // the checksum counts as spaces while it is computed
  header.write('0', 156); // a regular file
  header.write('ustar\u000000', 257);
  const checksum = header.reduce((sum, byte) => sum + byte, 0);
  header.write(`${octal(checksum, 7)}\0 `, 148);
  return header;
}
