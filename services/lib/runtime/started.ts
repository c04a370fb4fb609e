/** What a process tells the supervisor that started it, over their channel, once it does its work. */
export const STARTED = 'started';
