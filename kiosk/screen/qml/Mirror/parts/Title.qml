import QtQuick
import Mirror

// Words in the display face. A single word that is wider than its place makes the whole a little smaller.
Text {
    id: title

    property real size: Theme.title
    // The width to stay within; without it the words are as wide as they are.
    property real room: 0
    readonly property string longest: text.split(/[\s\u00ad-]+/).reduce((one, other) => other.length > one.length ? other : one, "")
    readonly property real fit: wrapMode === Text.NoWrap || room <= 0 || longestWord.advanceWidth <= room ? 1 : Math.max(0.6, room / longestWord.advanceWidth * 0.99)

    width: room > 0 ? room : implicitWidth
    color: Theme.ivory
    font.family: Theme.serif
    font.pixelSize: size * fit
    font.hintingPreference: Font.PreferNoHinting
    font.features: {
        "lnum": 1
    }
    wrapMode: Text.Wrap
    // Said outright, so that it turns with the layout and not with the first letter.
    horizontalAlignment: Text.AlignLeft
    lineHeight: 0.98
    textFormat: Text.PlainText

    TextMetrics {
        id: longestWord

        text: title.longest
        font.family: title.font.family
        font.italic: title.font.italic
        font.letterSpacing: title.font.letterSpacing
        font.pixelSize: Math.max(1, title.size)
    }
}
