import { parseMarkdown, type Block, type Inline } from './markdown.ts';

/** Build what a Markdown text says, of elements and texts: nothing of it is ever read as HTML. */
export function markdownNodes(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...parseMarkdown(text).map(blockNode));
  return fragment;
}

function blockNode(block: Block): HTMLElement {
  switch (block.kind) {
    case 'paragraph':
      return element('p', linesOf(block.lines));
    case 'quote':
      return element('blockquote', linesOf(block.lines));
    case 'list': {
      const list = element(
        block.start === undefined ? 'ul' : 'ol',
        block.items.map((item) => element('li', item.map(inlineNode))),
      );
      if (list instanceof HTMLOListElement && block.start !== undefined) {
        list.start = block.start;
      }
      return list;
    }
    case 'code':
      return element('pre', [element('code', [block.text])]);
  }
}

function inlineNode(part: Inline): Node | string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return element('code', [part.text]);
    case 'strong':
      return element('strong', part.children.map(inlineNode));
    case 'emphasis':
      return element('em', part.children.map(inlineNode));
    case 'struck':
      return element('s', part.children.map(inlineNode));
    case 'link': {
      const link = element('a', part.children.map(inlineNode)) as HTMLAnchorElement;
      link.href = part.address;
      link.target = '_blank';
      link.rel = 'noopener noreferrer nofollow ugc';
      return link;
    }
  }
}

function linesOf(lines: Inline[][]): (Node | string)[] {
  return lines.flatMap((line, at) => [...(at > 0 ? [document.createElement('br')] : []), ...line.map(inlineNode)]);
}

function element(tag: string, children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...children);
  return made;
}
