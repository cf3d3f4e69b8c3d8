/**
 * The page inside a sandbox's frame. The frame has an opaque origin and is made from this text
 * (`srcdoc`), because a frame with an address would go past the service worker and die offline. It
 * carries the policy of the page around it, tightened by its own: no network at all.
 */

/**
 * Starts the worker that it is sent, and ends it on the first message of the control port. Classic and
 * from a blob: module workers fail in an opaque origin. The policies name the hash of exactly this text.
 */
export const SANDBOX_SCRIPT =
  `addEventListener('message',(e)=>{if(e.source!==parent||!e.ports[1])return;` +
  `const[control,port]=e.ports,text=new Blob([e.data],{type:'text/javascript'}),` +
  `worker=new Worker(URL.createObjectURL(text));` +
  `worker.onerror=(f)=>control.postMessage(f.message||'the browser gave no reason');` +
  `control.onmessage=()=>worker.terminate();` +
  `worker.postMessage(null,[port])});` +
  `parent.postMessage('sandbox','*')`;

/** Text of the frame's page. @param hash of {@link SANDBOX_SCRIPT} as a policy names it: `'sha256-…'` */
export function sandboxPage(hash: string): string {
  const policy = `default-src 'none'; script-src blob: ${hash}; worker-src blob:; connect-src 'none'`;
  return (
    `<!doctype html><meta charset="utf-8">` +
    `<meta http-equiv="content-security-policy" content="${policy}">` +
    `<title>Sandbox</title><script>${SANDBOX_SCRIPT}</script>`
  );
}
