import type { Notification } from '../api.js';
import type { Reader } from './reader.js';

/** Reads the notifications of a result. */
export function readNotifications(reader: Reader): Notification[] {
  const notifications: Notification[] = [];
  for (let left = reader.readCount(); left > 0; left--) {
    notifications.push({
      code: reader.readString(),
      severity: reader.readString() as Notification['severity'],
      title: reader.readString(),
      description: reader.readString(),
      position: { offset: reader.readCount(), line: reader.readCount(), column: reader.readCount() },
    });
  }
  return notifications;
}
