/**
 * All tabs share one session cookie. When one tab logs in, logs out or changes the organization, the others start over,
 * so that none goes on showing what its cookie no longer opens. What is typed in forms survives as drafts.
 */
const channel = new BroadcastChannel('rapport.session')

channel.addEventListener('message', () => location.reload())

export function tellOtherTabs(): void {
  channel.postMessage('changed')
}
