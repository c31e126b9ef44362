export const style = `
:root { font: 1.0625rem/1.6 system-ui, sans-serif; color: #1d2330; background: #fbfaf7; }
body { max-width: 64rem; margin: 0 auto; padding: 0 1rem 3rem; }
header { padding-top: 1rem; }
img { max-width: 100%; height: auto; border-radius: .5rem; display: block; }
header img, .tiles img { width: 100%; }
h1 { font-size: clamp(1.8rem, 5vw, 2.8rem); line-height: 1.15; margin: .25rem 0 1rem; }
h2 { margin-top: 2.5rem; }
h3 { line-height: 1.3; margin: .75rem 0 .25rem; }
a { color: #0b5394; }
a:focus-visible, summary:focus-visible { outline: 3px solid #0b5394; outline-offset: 2px; }
.lead { font-size: 1.2rem; max-width: 46rem; }
.text { max-width: 46rem; }
.people, .tiles { list-style: none; padding: 0; display: grid; gap: 1.5rem; }
.people { grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); }
.people li { display: flex; gap: .75rem; align-items: center; }
.people img { width: 4rem; border-radius: 50%; }
.tiles { grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); }
.tiles p { margin: .25rem 0; }
figure { margin: 1.5rem 0; }
figcaption, blockquote footer { font-size: .9rem; color: #4a5163; }
blockquote, aside { margin: 1.5rem 0; padding: .25rem 1.25rem; border-left: 4px solid #0b5394; background: #f0f3f8; }
`;
