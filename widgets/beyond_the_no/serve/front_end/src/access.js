export function mend() {}
