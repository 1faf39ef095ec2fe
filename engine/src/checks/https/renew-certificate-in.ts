/** How a certificate is had and renewed without anybody thinking of it, in the words of each stack. */
export const RENEW_CERTIFICATE_IN = {
  nginx: [
    'certbot --nginx -d portal.example -d www.portal.example',
    'systemctl enable --now certbot.timer',
    'ssl_certificate /etc/letsencrypt/live/portal.example/fullchain.pem;',
    'ssl_certificate_key /etc/letsencrypt/live/portal.example/privkey.pem;',
  ],
  apache: [
    'certbot --apache -d portal.example -d www.portal.example',
    'SSLCertificateFile /etc/letsencrypt/live/portal.example/fullchain.pem',
  ],
  caddy: [
    'Name every host, and Caddy gets and renews the certificates:',
    'portal.example, www.portal.example { reverse_proxy localhost:3000 }',
  ],
  cloudflare: [
    'SSL/TLS → Edge Certificates → Universal SSL: on (it renews by itself; a custom certificate does not)',
    'Hosts more than one level below the domain need a certificate of Advanced Certificate Manager.',
  ],
  vercel: [
    'Settings → Domains: add the host and let its DNS lead to Vercel; the certificate comes and renews by itself.',
    'A CAA record has to allow `letsencrypt.org`.',
  ],
  netlify: ['Domain management → HTTPS → Verify DNS configuration, then Renew certificate'],
  fly: ['fly certs add portal.example', 'fly certs check portal.example'],
  cloudfront: ['Use a certificate of AWS Certificate Manager in us-east-1, validated by DNS: it renews by itself.'],
  next: ['TLS ends in front of Next.js: renew the certificate there (nginx, Caddy, Cloudflare, Vercel).'],
  express: [
    'Best let a proxy end TLS. Where Node does it itself, give it the whole chain:',
    "cert: readFileSync('fullchain.pem')",
  ],
} as const;
