// Loaded before the doctor: the clock of this machine is ten minutes behind.
const now = Date.now;
Date.now = () => now() - 600_000;
