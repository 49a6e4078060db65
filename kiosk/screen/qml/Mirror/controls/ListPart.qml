import QtQuick

// Which part of a long list is shown, so that its rows keep their size. Every part is full: the last one begins earlier.
QtObject {
    id: list

    required property int count
    // Rows of a part.
    required property int size
    // Show the last part when rows are added to a list that is shown already.
    property bool followsNew: false
    property int part: 0
    property int countBefore: 0
    readonly property int parts: Math.max(1, Math.ceil(count / size))
    readonly property int first: Math.max(0, Math.min(Math.min(part, parts - 1) * size, count - size))

    onCountChanged: {
        const last = Math.max(1, Math.ceil(count / size)) - 1;
        if (followsNew && countBefore > 0 && count > countBefore)
            part = last;
        else if (part > last)
            part = last;
        countBefore = count;
    }

    function shows(index: int): bool {
        return index >= first && index < first + size;
    }

    function showNext(): void {
        part = (part + 1) % parts;
    }
}
