/** nginx as a plain reverse proxy: kept-alive connections, nothing held back in either direction. */

export function proxyConfig(options: {
  readonly port: number;
  readonly upstreamUrl: string;
}): string {
  return `
  upstream provider { server ${new URL(options.upstreamUrl).host}; keepalive 256; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${options.port} backlog=4096;
    location = /readyz { return 200; }
    location / {
      proxy_set_header Host $http_host;
      proxy_set_header Connection "";
      proxy_pass http://provider;
    }
  }`;
}
