/** base64url without padding (RFC 4648 section 5), in browsers and in Node. */

export function encodeBase64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export const encodeText = (text: string): string => encodeBase64url(new TextEncoder().encode(text));
