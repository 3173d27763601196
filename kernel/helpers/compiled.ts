/** A function that may run as one call of the engine's; `dispose` frees what that took. */
export type CompiledStep<F> = F & { dispose?(): void };

/** Where the engine leaves its compiler (kernel/engine/tiers/tensorflow.ts): helpers run in the page too and cannot import it. */
const place = Symbol.for("lyceum.compile");

/** The step compiled where the engine can, else as it is. */
export function compiled<F extends (...args: never[]) => unknown>(step: F, options: { xla?: boolean | "auto"; name?: string } = {}): CompiledStep<F> {
  const compile = (globalThis as { [place]?: (step: F, options: object) => CompiledStep<F> })[place];
  return compile ? compile(step, options) : step;
}
