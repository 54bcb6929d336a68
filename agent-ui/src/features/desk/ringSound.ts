/** Two soft notes every two seconds, made by the browser itself. @returns how to stop it */
export function startRinging(): () => void {
  const context = new AudioContext();
  const ring = () => {
    note(context, 660, 0);
    note(context, 880, 0.18);
  };
  ring();
  const timer = setInterval(ring, 2_000);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

function note(context: AudioContext, frequency: number, after: number) {
  const begin = context.currentTime + after;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(0.12, begin + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, begin + 0.35);
  const tone = context.createOscillator();
  tone.frequency.value = frequency;
  tone.connect(gain).connect(context.destination);
  tone.start(begin);
  tone.stop(begin + 0.4);
}
