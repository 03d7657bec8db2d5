/** What of the processor this process takes: what else the machine does meanwhile is not its own. */

/** @returns how many milliseconds it has taken since */
export function processorTime(): () => number {
  const begun = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1_000;
  };
}
