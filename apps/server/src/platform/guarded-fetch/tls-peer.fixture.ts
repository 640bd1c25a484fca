/** A local TLS server with a certificate for hooks.test, made for these tests and trusted nowhere else. */
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

export const certificate = `-----BEGIN CERTIFICATE-----
MIIBrjCCAVWgAwIBAgIUft57IFiq+PuX7fe3tspj8WwKGrcwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKaG9va3MudGVzdDAgFw0yNjExMjEwNzEyNTdaGA8yMTI2MTAy
ODA3MTI1N1owFTETMBEGA1UEAwwKaG9va3MudGVzdDBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABC+T3o0M3XGjScUymIz4bV6ZL/XOhHbEeoIvFvOGMrkO3Z5lNMKo
RM6WJR5BjAOw8M4NS1rB/qGPAMd7ykbA5dajgYAwfjAdBgNVHQ4EFgQUlRsMHjuM
XOvsY4H6pMsy5y2jvE0wHwYDVR0jBBgwFoAUlRsMHjuMXOvsY4H6pMsy5y2jvE0w
DwYDVR0TAQH/BAUwAwEB/zArBgNVHREEJDAiggpob29rcy50ZXN0gg5yZWJpbmRp
bmcudGVzdIcEfwAAATAKBggqhkjOPQQDAgNHADBEAiBJYihs/UHsvS3Y3OPndPZ5
QJMU81dggd6SYNYDGx9hjgIgDWIMJY6Eza/FjdbLQM82AKGWVVAbDlNGHkKD3cjt
Css=
-----END CERTIFICATE-----
`

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgILQp/rO6gzNgAw/m
parfy4ZHRyIIw41jTUBttzJ9IWChRANCAAQvk96NDN1xo0nFMpiM+G1emS/1zoR2
xHqCLxbzhjK5Dt2eZTTCqETOliUeQYwDsPDODUtawf6hjwDHe8pGwOXW
-----END PRIVATE KEY-----
`

export type Peer = { port: number; requests: number; close: () => Promise<void> }

export async function startPeer(answer: RequestListener, host = '127.0.0.1', port = 0): Promise<Peer> {
  const server = createServer({ key, cert: certificate }, (request, reply) => {
    peer.requests += 1
    answer(request, reply)
  })
  server.listen(port, host)
  await once(server, 'listening')
  const peer: Peer = {
    port: (server.address() as AddressInfo).port,
    requests: 0,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return peer
}
