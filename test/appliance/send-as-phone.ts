import { type FormPart, openUpload, type RawRequest, writeForm } from './send-upload.ts';

/** Dart's package http: header names in lower case, the parts' boundary with its own prefix. */
export const DART_BOUNDARY = 'dart-http-boundary-Hc.d3n+W7x0Ux1ADkWSnoKpMlTIAk+O1Y8vQkGDVgUxq6kRpFUb';
export const dartField = (name: string, text: string): FormPart => ({
  header: [`content-disposition: form-data; name="${name}"`],
  body: text,
});
export const dartFile = (name: string, fileName: string, body: Buffer): FormPart => ({
  header: [
    'content-type: application/octet-stream',
    `content-disposition: form-data; name="${name}"; filename="${fileName}"`,
  ],
  body,
});

/** One upload of a phone, as its app writes it. */
export async function sendAsPhone(
  box: { url: string },
  user: { token: string },
  agent: string,
  parts: FormPart[],
) {
  const body = writeForm(parts, DART_BOUNDARY);
  const request = await startAsPhone(box, user, agent, body.length);
  await request.write(body);
  const answer = await request.answer();
  request.socket.destroy();
  return answer;
}

/** The head of such an upload of so many bytes, with nothing of its body sent yet. */
export const startAsPhone = (
  box: { url: string },
  user: { token: string },
  agent: string,
  bodyBytes: number,
): Promise<RawRequest> =>
  openUpload(box.url, {
    'user-agent': agent,
    cookie: `immich_access_token=${user.token}; immich_auth_type=password; immich_is_authenticated=true`,
    'content-type': `multipart/form-data; boundary=${DART_BOUNDARY}`,
    'content-length': bodyBytes,
  });
