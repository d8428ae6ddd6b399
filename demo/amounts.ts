/** Amounts in words, with as many digits as a reader can use. */
export const short = (value: number) =>
  value.toLocaleString('en', {maximumSignificantDigits: value < 100 ? 2 : 4});

export const whole = (value: number) => Math.round(value).toLocaleString('en');

/** As 105 MB, in megabytes throughout so that two of them compare at a glance. */
export const megabytes = (bytes: number) =>
  bytes < 10e6 ? `${short(bytes / 1e6)} MB` : `${whole(bytes / 1e6)} MB`;

export const duration = (ms: number) =>
  ms < 1000 ? `${ms < 10 ? short(ms) : whole(ms)} ms` : `${short(ms / 1000)} s`;

/** As 14×. */
export const times = (ratio: number) => `${ratio < 10 ? short(ratio) : whole(ratio)}×`;
