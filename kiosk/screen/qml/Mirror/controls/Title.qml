import QtQuick
import Mirror

// Words in the display face. A single word that is wider than its place makes the whole a little smaller.
Text {
    id: title

    property real size: Theme.titleSize
    // The width to stay within; without it the words are as wide as they are.
    property real maxWidth: 0
    readonly property string longest: text.split(/[\s\u00ad-]+/).reduce((one, other) => other.length > one.length ? other : one, "")
    readonly property real fit: wrapMode === Text.NoWrap || maxWidth <= 0 || longestWord.advanceWidth <= maxWidth ? 1 : Math.max(0.6, maxWidth / longestWord.advanceWidth * 0.99)

    width: maxWidth > 0 ? maxWidth : implicitWidth
    color: Theme.foreground
    font.family: Theme.serifFamily
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
