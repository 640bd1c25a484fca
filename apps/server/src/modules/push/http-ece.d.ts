declare module 'http_ece' {
  import type { ECDH } from 'node:crypto'

  type Opening = { version: 'aes128gcm'; privateKey: ECDH; authSecret: string }
  export function decrypt(sealed: Buffer, opening: Opening): Buffer
}
