import './box-picture.css';

/** Our picture: a shoebox with prints standing in it. Decoration. */
export function BoxPicture() {
  return (
    <svg class="box-picture" viewBox="0 0 200 150" aria-hidden="true">
      <ellipse cx="100" cy="140" rx="78" ry="7" class="box-shadow" />
      <g class="box-print box-print-left">
        <rect x="42" y="22" width="56" height="70" rx="3" />
        <rect x="48" y="28" width="44" height="44" rx="1" class="box-sky" />
        <path d="M48 64l14-16 12 12 8-7 10 11v8H48z" class="box-hills" />
        <circle cx="80" cy="40" r="5" class="box-sun" />
      </g>
      <g class="box-print box-print-right">
        <rect x="104" y="16" width="56" height="76" rx="3" />
        <rect x="110" y="22" width="44" height="50" rx="1" class="box-dusk" />
        <circle cx="132" cy="43" r="8" class="box-face" />
        <path d="M116 72c0-12 7-18 16-18s16 6 16 18z" class="box-face" />
      </g>
      <g class="box-print box-print-middle">
        <rect x="72" y="36" width="58" height="56" rx="3" />
        <rect x="78" y="42" width="46" height="36" rx="1" class="box-sea" />
        <path d="M78 66c8-5 14 4 23 0s15-3 23 0v12H78z" class="box-wave" />
      </g>
      <path d="M28 84h144v46a8 8 0 0 1-8 8H36a8 8 0 0 1-8-8z" class="box-body" />
      <path d="M28 84h144v10H28z" class="box-rim" />
      <rect x="82" y="106" width="36" height="14" rx="7" class="box-handle" />
    </svg>
  );
}
