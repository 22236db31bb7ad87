import { generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { svgElement } from './svg.ts';

/** Modules of white around a code, without which readers do not find it. */
const QUIET = 4;

/**
 * Draw a QR code that says this, black on white in the dark too: many readers know no other.
 *
 * @param label what it is, for who does not see it
 */
export function qrCode(text: string, label: string): SVGSVGElement {
  const code = generate(text);
  const size = code.size + 2 * QUIET;
  const svg = svgElement('svg', { viewBox: `${-QUIET} ${-QUIET} ${size} ${size}`, role: 'img', 'aria-label': label });
  svg.append(
    svgElement('rect', { x: `${-QUIET}`, y: `${-QUIET}`, width: `${size}`, height: `${size}`, fill: '#ffffff' }),
    svgElement('path', { d: toSvgPath(code), fill: '#000000', 'shape-rendering': 'crispEdges' }),
  );
  return svg;
}
