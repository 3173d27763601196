/** Milliseconds that the first requests wait for somebody to listen on iopub. */
const patience = 150;

/**
 * A client may ask before its iopub subscription has come, and would then wait for ever for the `idle` it missed. So nothing is answered
 * before the first subscriber is there; not for long, as a client may also never subscribe.
 */
export function untilHeard(): { heard: Promise<void>; subscribed(): void } {
  let subscribed = (): void => {};
  const heard = new Promise<void>((resolve) => {
    subscribed = resolve;
    setTimeout(resolve, patience + 1000 * process.uptime());
  });
  return { heard, subscribed };
}
