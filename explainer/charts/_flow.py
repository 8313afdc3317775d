"""Chains on a page: columns from attack to answer at a desk, an indented list on a phone."""

from explainer.charts._board import Board, arrowhead, circles
from explainer.charts._chains import Node
from explainer.charts._toll import drawn, marks
from explainer.theme import Canvas

_HANG = 14  # from the mark of an event to its words
_GAP = 14  # between two events
_GUTTER = 22  # between two columns: room for an arrow
_INDENT = 16
_MOST = 5  # texts of one sort under an event


def flow(roots: list[Node], heads: list[str], canvas: Canvas, finding: str, subtitle: str):
    """Return the chains under the headings of the columns as a chart."""
    board = Board(canvas)
    columns = _columns(board, len(heads))
    y = 0 if canvas.phone else _heads(board, columns, heads)
    for i, root in enumerate(roots):
        if i:
            board.line(0, y, board.width, y)
            y += 10
        y = _place(board, root, y, columns, heads) + 12
    return board.chart(y, finding, subtitle)


def _columns(board: Board, number: int) -> list[tuple[float, float]]:
    """Return (x, width) of each column."""
    if board.canvas.phone:
        return [(i * _INDENT, board.width - i * _INDENT) for i in range(number)]
    width = (board.width - (number - 1) * _GUTTER) / number
    return [(i * (width + _GUTTER), width) for i in range(number)]


def _heads(board: Board, columns: list, heads: list[str]) -> float:
    for (x, width), head in zip(columns, heads, strict=True):
        y = board.text(x, 0, head, width, "soft", bold=True)
    board.line(0, y + 4, board.width, y + 4, "soft")
    return y + 14


def _place(board: Board, node: Node, y: float, columns: list, heads: list[str]) -> float:
    """Write a node and all under it; return the y below."""
    low, cursor, phone = _write(board, node, y, columns, heads), y, board.canvas.phone
    if node.said or node.absent:
        x, width = columns[node.column + 1]
        start = low + 6 if phone else y
        _arrow(board, columns, node, node.column + 1, y, start) if node.said else None
        cursor = _aside(board, node, x, start, width) + _GAP
    for child in node.children:
        below = phone or child.column == node.column
        start = max(low + _GAP, cursor) if below else cursor
        _arrow(board, columns, node, child.column, y, start, child)
        cursor = _place(board, child, start, columns, heads) + _GAP
    return max(low, cursor - _GAP)


def _write(board: Board, node: Node, y: float, columns: list, heads: list[str]) -> float:
    """Write one event: mark, title, date, the articles that tie it, the toll."""
    x, width = columns[node.column]
    x, width, href = x + _HANG, width - _HANG, node.row
    board.mark(
        x - _HANG + 5,
        y + 6,
        circles(1, 1, 1, 4.5),
        f"side-{node.side}",
        True,
        href,
        f"{node.title}, {node.when}",
    )
    low = board.text(x, y, node.title, width, bold=True, row=node.row)
    low = board.text(
        x,
        low,
        f"{heads[node.column]} · {node.when}" if board.canvas.phone else node.when,
        width,
        "soft",
        row=node.row,
    )
    for row, text, identifier in node.toll:
        low = _toll(board, row, text, identifier, x, low, width)
    if node.kind in ("attack", "strike") and not any(
        row.measure not in ("attacks", "strikes") for row, *_ in node.toll
    ):
        low = board.text(x, low, "no dead or injured mentioned", width, "soft", row=node.row)
    for text, identifier in [*_few(node.tied), *_few(node.also)]:
        low = board.text(
            x,
            low,
            text,
            width,
            "soft",
            href=identifier,
            label=f"{node.title}. {text}",
            row="" if identifier else node.row,
        )
    return low


def _toll(board: Board, row, text: str, href: str, x: float, y: float, width: float) -> float:
    """Write a count after its marks, or under them where they leave no room."""
    if not drawn(row) or row.measure in ("attacks", "strikes"):
        return board.text(x, y, text, width, href=href)
    made, wide = marks(row, width), min(row.value, int(width / 12)) * 12
    board.mark(x + made["pitch"] / 2, y + 6, made["path"], made["colour"], made["filled"], row=href)
    if row.value > 3:
        return board.text(x, y + made["height"] + 2, text, width, href=href)
    return board.text(x + wide + 3, y, text, width - wide - 3, href=href)


def _aside(board: Board, node: Node, x: float, y: float, width: float) -> float:
    """Write what was said of a strike, or that nothing is tied to an event."""
    if node.absent:
        return board.text(x + _HANG, y, node.absent, width - _HANG, "soft", row=node.row)
    for text, identifier, *side in _few(node.said):
        if side:
            board.mark(x + 5, y + 6, circles(1, 1, 1, 3.5), f"side-{side[0]}", False)
        y = board.text(x + _HANG, y, text, width - _HANG, href=identifier) + 2
    return y


def _few(texts: list[tuple]) -> list[tuple]:
    """Return the first texts, and a word on how many more there are: the table beside the chart has them all."""
    more = len(texts) - _MOST
    return [*texts[:_MOST], (f"and {more} more", "")] if more > 0 else texts


def _arrow(
    board: Board,
    columns: list,
    node: Node,
    column: int,
    y: float,
    to: float,
    child: Node | None = None,
) -> None:
    """Lead from a node at `y` to what stands at `to` in `column`; the head links to the tie's exact words."""
    (x, width), (x2, _) = columns[node.column], columns[column]
    href = child.tied[0][1] if child and child.tied else ""
    label = f"{node.title}, then {child.title}: {child.tied[0][0]}" if href else ""
    if column == node.column:
        board.line(x + 5, y + 13, x + 5, to - 2, "soft")
        board.mark(x + 5, to, arrowhead(down=True), "soft", True, href, label)
        return
    rail = x + 5 if board.canvas.phone else x + width + 7
    if board.canvas.phone or to > y:
        board.line(rail, y + (13 if board.canvas.phone else 6), rail, to + 6, "soft")
    board.line(rail if to > y else rail - 4, to + 6, x2 - 4, to + 6, "soft")
    board.mark(x2 - 1, to + 6, arrowhead(), "soft", True, href, label)
