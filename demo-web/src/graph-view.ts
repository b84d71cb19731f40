import { MultiDirectedGraph } from 'graphology';
import forceAtlas2 from 'graphology-layout-forceatlas2';
import Sigma from 'sigma';
import {
  isNode,
  isPath,
  isRelationship,
  type Node,
  type QueryResult,
  type Relationship,
  type Value,
} from 'weftdb';
import { captionOf, textOf } from './values.js';

/** Nodes that are drawn; more would be a ball of wool. */
const SHOWN_NODES = 600;
/** One colour for each label, in the order in which labels appear. Sigma reads hexadecimal only. */
const COLOURS = [
  '#4185c8',
  '#c88041',
  '#41c879',
  '#c84185',
  '#7941c8',
  '#c8b141',
  '#41bdc8',
  '#c84141',
  '#79c841',
  '#c841c8',
];

/** What of a result can be drawn. */
interface Drawing {
  readonly nodes: Map<number, Node>;
  readonly relationships: Map<number, Relationship>;
  readonly leftOut: number;
}

/** Shows the nodes, relationships and paths of a result as a graph, with a panel of details. */
export class GraphView {
  readonly #canvas: HTMLElement;
  readonly #details: HTMLElement;
  #sigma: Sigma | undefined;

  constructor(canvas: HTMLElement, details: HTMLElement) {
    this.#canvas = canvas;
    this.#details = details;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', () => this.#sigma?.refresh());
  }

  /** Draws a result. The canvas must be visible, because its size is measured. */
  show(result: QueryResult): void {
    this.clear();
    const drawing = collect(result);
    if (drawing.nodes.size === 0) {
      this.#say('There are no nodes in this result. Return nodes, relationships or paths to see them here.');
      return;
    }
    const graph = build(drawing);
    const text = getComputedStyle(document.documentElement).getPropertyValue('--text').trim();
    try {
      this.#sigma = new Sigma(graph, this.#canvas, {
        renderEdgeLabels: true,
        labelColor: { color: text },
        edgeLabelColor: { color: text },
        labelSize: 12,
        edgeLabelSize: 10,
        labelDensity: 2,
        defaultEdgeType: 'arrow',
        defaultDrawNodeHover: drawHover,
        // It is resized with the window also while the table is shown in its place.
        allowInvalidContainer: true,
      });
    } catch {
      this.#say('This browser has no WebGL, so the graph cannot be drawn; the table shows the result.');
      return;
    }
    this.#sigma.on('clickNode', ({ node }) => {
      const clicked = drawing.nodes.get(Number(node));
      if (clicked !== undefined) {
        this.#describe(drawing, clicked);
      }
    });
    this.#list(drawing);
  }

  /** Fits what is drawn to the canvas, which has become visible again. */
  fit(): void {
    this.#sigma?.resize();
    this.#sigma?.refresh();
  }

  clear(): void {
    this.#sigma?.kill();
    this.#sigma = undefined;
    this.#details.replaceChildren();
  }

  #say(text: string): void {
    const paragraph = document.createElement('p');
    paragraph.className = 'muted';
    paragraph.textContent = text;
    this.#details.replaceChildren(paragraph);
  }

  /** The nodes as buttons: what the canvas shows, for the keyboard and for screen readers. */
  #list(drawing: Drawing): void {
    const title = document.createElement('h2');
    title.textContent = `${drawing.nodes.size} nodes, ${drawing.relationships.size} relationships`;
    const items = document.createElement('ul');
    for (const node of drawing.nodes.values()) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = captionOf(node);
      button.addEventListener('click', () => this.#describe(drawing, node));
      const item = document.createElement('li');
      item.append(button);
      items.append(item);
    }
    this.#details.replaceChildren(title);
    if (drawing.leftOut > 0) {
      const note = document.createElement('p');
      note.className = 'muted';
      note.textContent = `${drawing.leftOut} more nodes are not drawn.`;
      this.#details.append(note);
    }
    this.#details.append(items);
  }

  #describe(drawing: Drawing, node: Node): void {
    const back = document.createElement('button');
    back.type = 'button';
    back.textContent = '← All nodes';
    back.addEventListener('click', () => {
      this.#highlight(undefined);
      this.#list(drawing);
    });
    const title = document.createElement('h2');
    title.textContent = captionOf(node);
    const labels = document.createElement('p');
    labels.className = 'muted';
    labels.textContent = node.labels.map((label) => `:${label}`).join(' ') || 'no labels';
    const properties = document.createElement('dl');
    for (const [key, value] of Object.entries(node.properties)) {
      const term = document.createElement('dt');
      term.textContent = key;
      const text = document.createElement('dd');
      text.textContent = typeof value === 'string' ? value : textOf(value);
      properties.append(term, text);
    }
    this.#details.replaceChildren(back, title, labels, properties);
    back.focus();
    this.#highlight(String(node.id));
  }

  #highlight(key: string | undefined): void {
    const graph = this.#sigma?.getGraph();
    graph?.forEachNode((node) => graph.setNodeAttribute(node, 'highlighted', node === key));
  }
}

function collect(result: QueryResult): Drawing {
  const nodes = new Map<number, Node>();
  const relationships = new Map<number, Relationship>();
  const seen = new Set<number>();
  const visit = (value: Value): void => {
    if (value === null || typeof value !== 'object') {
      return;
    }
    if (isNode(value)) {
      const id = value.id;
      seen.add(id);
      if (nodes.size < SHOWN_NODES) {
        nodes.set(id, value);
      }
    } else if (isRelationship(value)) {
      relationships.set(value.id, value);
    } else if (isPath(value)) {
      value.nodes.forEach(visit);
      value.relationships.forEach(visit);
    } else if (Array.isArray(value)) {
      value.forEach(visit);
    } else {
      Object.values(value as Record<string, Value>).forEach(visit);
    }
  };
  for (const row of result.rows) {
    for (const column of result.columns) {
      visit(row[column] ?? null);
    }
  }
  for (const [id, relationship] of relationships) {
    if (!nodes.has(relationship.startId) || !nodes.has(relationship.endId)) {
      relationships.delete(id);
    }
  }
  return { nodes, relationships, leftOut: seen.size - nodes.size };
}

function build(drawing: Drawing): MultiDirectedGraph {
  const graph = new MultiDirectedGraph();
  const colours = new Map<string, string>();
  let index = 0;
  for (const [id, node] of drawing.nodes) {
    const label = node.labels[0] ?? '';
    if (!colours.has(label)) {
      colours.set(label, COLOURS[colours.size % COLOURS.length] ?? '#888888');
    }
    // A spiral: a start that is the same every time, and in which no two nodes coincide.
    const angle = index * 2.399963;
    const radius = Math.sqrt(index + 1);
    graph.addNode(String(id), {
      label: captionOf(node),
      x: radius * Math.cos(angle),
      y: radius * Math.sin(angle),
      size: 7,
      color: colours.get(label),
    });
    index++;
  }
  for (const [id, relationship] of drawing.relationships) {
    graph.addDirectedEdgeWithKey(
      String(id),
      String(relationship.startId),
      String(relationship.endId),
      { label: relationship.type, size: 2, color: '#8a94a3' },
    );
  }
  graph.forEachNode((node) => {
    graph.setNodeAttribute(node, 'size', Math.min(16, 6 + Math.sqrt(graph.degree(node)) * 1.6));
  });
  if (graph.order > 1) {
    forceAtlas2.assign(graph, {
      iterations: graph.order > 200 ? 150 : 400,
      settings: { ...forceAtlas2.inferSettings(graph), gravity: 1, adjustSizes: false },
    });
  }
  return graph;
}

/** Sigma's own hover label is black on white, whatever the colours of the page. */
function drawHover(
  context: CanvasRenderingContext2D,
  data: { x: number; y: number; size: number; label?: string | null },
): void {
  if (!data.label) {
    return;
  }
  const style = getComputedStyle(document.documentElement);
  context.font = '600 12px system-ui, sans-serif';
  const width = context.measureText(data.label).width + 12;
  context.fillStyle = style.getPropertyValue('--raised').trim();
  context.strokeStyle = style.getPropertyValue('--line').trim();
  context.beginPath();
  context.roundRect(data.x + data.size + 2, data.y - 11, width, 22, 5);
  context.fill();
  context.stroke();
  context.fillStyle = style.getPropertyValue('--text').trim();
  context.fillText(data.label, data.x + data.size + 8, data.y + 4);
}
