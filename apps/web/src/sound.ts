/** Two short notes, a fifth apart: frequency in Hz, begin and end in seconds. */
const NOTES = [
  [659.25, 0, 0.16],
  [987.77, 0.09, 0.34],
] as const;
/** Quiet: it says "look when you can". */
const LOUDNESS = 0.07;

let context: AudioContext | null = null;

/** Browsers let a page make sounds only after the person did something in it: call it from a click or a key. */
export function allowSound(): void {
  if (typeof AudioContext === "undefined") return;
  context ??= new AudioContext();
  if (context.state === "suspended") void context.resume().catch(() => {});
}

/** Whether the browser lets this tab make sounds now. */
export const maySound = (): boolean => context?.state === "running";

/** The sound of a new message. Nothing happens while the browser does not allow it. */
export function playSound(): void {
  if (context === null || context.state !== "running") return;
  const start = context.currentTime;
  for (const [frequency, from, to] of NOTES) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.type = "sine";
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start + from);
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + from + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + to);
    tone.connect(volume).connect(context.destination);
    tone.start(start + from);
    tone.stop(start + to);
  }
}
