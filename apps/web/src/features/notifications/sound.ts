/** Two short tones. Browsers allow them once the person has touched the page; before that there is silence. */
const lasts_s = 0.28
const once_ms = 2_000

let audio: AudioContext | null = null

/** Of several windows, one plays. */
export function playSound(id: string): void {
  void navigator.locks.request(`sound ${id}`, { ifAvailable: true }, async (lock) => {
    if (!lock || !navigator.userActivation.hasBeenActive) return
    audio ??= new AudioContext()
    await audio.resume()
    play(audio, 660, 0)
    play(audio, 880, lasts_s / 2)
    await new Promise((resolve) => setTimeout(resolve, once_ms))
  })
}

function play(context: AudioContext, frequency: number, after_s: number): void {
  const tone = context.createOscillator()
  const volume = context.createGain()
  const start = context.currentTime + after_s
  tone.frequency.value = frequency
  volume.gain.setValueAtTime(0.08, start)
  volume.gain.exponentialRampToValueAtTime(0.0001, start + lasts_s)
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(start + lasts_s)
}
