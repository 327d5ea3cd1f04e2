// What is said of a connection that does not come about: what happened, what is safe, what to do. The reasons are the
// system's short names, of Chromium's network in the window and of Node on the command line.

/** A sentence for `host`, and whether asking again can help. */
export function networkFault(host: string, reason: string): { message: string; again: boolean } {
  const says = (sentence: string, again: boolean) => ({ message: sentence, again });
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|certificate/i.test(reason))
    return says(
      `The certificate of ${host} is not trusted by this computer (${reason}), so no token was sent to it. What was synced stays. Check the address; where your network inspects connections, have its certificate installed on this computer.`,
      false,
    );
  if (reason.includes(proxyWantsPassword))
    return says(
      `The proxy of this system asks for a name and a password before it leads to ${host}, and Exhibit has none to give. What was synced stays. Ask who runs the network to let this computer through without one; on the command line, HTTPS_PROXY may hold them.`,
      false,
    );
  if (/PROXY|TUNNEL/.test(reason))
    return says(
      `The proxy of this system does not lead to ${host} (${reason}). What was synced stays; check the proxy’s settings and sync again.`,
      true,
    );
  if (
    /ENOTFOUND|EAI_AGAIN|NAME_NOT_RESOLVED|INTERNET_DISCONNECTED|ENETUNREACH|ADDRESS_UNREACHABLE/.test(reason)
  )
    return says(
      `${host} cannot be found (${reason}): there is no network, or the address is not right. What was synced stays; check both and sync again.`,
      true,
    );
  return says(
    `${host} cannot be reached (${reason}). What was synced stays; check the network and sync again.`,
    true,
  );
}

/** Chromium's short name where a proxy wants to know who asks, which is also said of such an answer (407). */
export const proxyWantsPassword = 'ERR_PROXY_AUTH_REQUESTED';

/** The system's short name for what went wrong with a connection. */
export function reasonOf(error: unknown): string {
  const { cause, code, message } = error as { cause?: unknown; code?: string; message?: string };
  // Node says it further down still, in words alone.
  for (let inner = cause; inner instanceof Error; inner = inner.cause)
    if (inner.message.startsWith('Proxy response (407)')) return proxyWantsPassword;
  if (cause instanceof Error) return (cause as { code?: string }).code ?? cause.message;
  return code ?? message ?? String(error);
}
