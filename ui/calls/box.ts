import type { BoxStatus } from '#contract/appliance-status';
import type { QueueName, QueueState, QueueSummary } from '#contract/queues';
import type { Api } from '../api.ts';

/** How the box is; with figures for those who look after it. */
export function readStatus(api: Api): Promise<BoxStatus> {
  return api.get('/appliance/status');
}

export function listQueues(api: Api): Promise<QueueSummary[]> {
  return api.get('/queues');
}

export function pauseQueue(api: Api, name: QueueName, isPaused: boolean): Promise<QueueSummary> {
  return api.put(`/queues/${name}`, { isPaused });
}

/** Begins again with what failed or was never done. */
export function retryQueue(api: Api, name: QueueName): Promise<QueueState> {
  return api.put(`/jobs/${name}`, { command: 'start', force: false });
}

/** The log of the last `hours`: lines of JSON, some megabytes at most. */
export function readLog(api: Api, hours: number): Promise<Blob> {
  return api.getFile(`/appliance/logs?hours=${hours}`);
}
