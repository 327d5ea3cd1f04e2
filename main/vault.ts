// The system's store of keys: Keychain, DPAPI, Secret Service or KWallet. Electron encrypts with a key kept there, but
// on a Linux without such a store with one written in its source, which protects nothing and is not used here.

import { safeStorage } from 'electron';

export type Vault = {
  /** The encrypted text, or null where this system would not really protect it. */
  encrypt(text: string): Promise<Buffer | null>;
  /** The text. Rejects when the system's store is locked, gone, or another one. */
  decrypt(encrypted: Buffer): Promise<string>;
};

/** What Chromium puts before a text that it encrypted with the key of its source; on other systems it means a real key. */
const hardCoded = 'v10';

/** The vault of this computer's user. The application must be ready. */
export function systemVault(): Vault {
  // Electron 45 replaces the synchronous calls, which older ones alone have.
  const isAsync = typeof safeStorage.encryptStringAsync === 'function';
  return {
    async encrypt(text) {
      const isLinux = process.platform === 'linux';
      if (isLinux && unprotected.has(safeStorage.getSelectedStorageBackend())) return null;
      const isThere = isAsync
        ? await safeStorage.isAsyncEncryptionAvailable()
        : safeStorage.isEncryptionAvailable();
      if (!isThere) return null;
      const encrypted = isAsync
        ? await safeStorage.encryptStringAsync(text)
        : safeStorage.encryptString(text);
      // The asynchronous calls fall back to that key by themselves and still say that they are available.
      return isLinux && encrypted.toString('latin1').startsWith(hardCoded) ? null : encrypted;
    },
    async decrypt(encrypted) {
      if (!isAsync) return safeStorage.decryptString(encrypted);
      return (await safeStorage.decryptStringAsync(encrypted)).result;
    },
  };
}

const unprotected: ReadonlySet<string> = new Set(['basic_text', 'unknown']);
