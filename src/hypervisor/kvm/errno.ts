// The error numbers that KVM's calls return, by name, with Linux's asm-generic values. Knows nothing of when they are returned.
import { err, type Result } from '#base';

export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  E2BIG: 7,
  ENOEXEC: 8,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  ENODEV: 19,
  EINVAL: 22,
  ENOTTY: 25,
  ENOSPC: 28,
  ERANGE: 34,
  ENOSYS: 38,
  EOPNOTSUPP: 95,
  EHWPOISON: 133,
} as const;

export type Errno = keyof typeof ERRNO;

/** What a call of the KVM API gives: its value, or the errno that it fails with. */
export type KvmResult<T = void> = Result<T, Errno>;

/** A call that KVM refuses. */
export function fails(errno: Errno): KvmResult<never> {
  return err(errno);
}
