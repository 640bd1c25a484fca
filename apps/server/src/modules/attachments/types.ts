/** Which files are taken, by their bytes and by their names, and what they are told to be. */
import { fileTypeFromBuffer } from 'file-type'
import { invalidField } from '../../platform/problems.ts'

/** What runs when somebody opens it. Pages and drawings that could are kept, and only ever saved, never shown. */
const programNames =
  /\.(exe|dll|com|scr|pif|cpl|msi|msp|bat|cmd|ps1|psm1|vbs|vbe|js|mjs|jse|wsf|wsh|hta|jar|class|sh|bash|command|app|apk|ipa|deb|rpm|dmg|pkg|lnk|url|reg|inf|iso|img)$/i
const programTypes =
  /^application\/(x-msdownload|x-elf|x-mach-binary|x-sharedlib|x-executable|vnd\.microsoft\.portable-executable|x-msi|x-cfb-installer|java-vm|x-java-archive|java-archive|vnd\.android\.package-archive|x-apple-diskimage|x-deb|x-rpm|x-ms-shortcut|wasm)$/

/** Of which the server makes a picture anew. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'image/tiff'])

export const hasPicture = (media_type: string): boolean => pictures.has(media_type)

export function refuseProgramName(name: string, path: string): void {
  if (programNames.test(name.trim())) throw notTaken(path, 'is the name of a program')
}

/** @param head the first bytes of the file */
export async function readMediaType(head: Buffer): Promise<string> {
  if (head.subarray(0, 2).toString('latin1') === '#!') throw notTaken('file', 'is a program')
  const mime = (await fileTypeFromBuffer(head))?.mime
  if (mime && programTypes.test(mime)) throw notTaken('file', 'is a program')
  return mime ?? 'application/octet-stream'
}

const notTaken = (path: string, message: string) => invalidField(path, 'not_taken', message)
