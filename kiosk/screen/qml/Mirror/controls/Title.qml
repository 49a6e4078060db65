import QtQuick
import Mirror

// Text in the serif family. Shrinks to at least 60 % where its longest word is wider than `maxWidth`.
Text {
    id: title

    property real size: Theme.titleSize
    // Width at which the text wraps; 0: no limit.
    property real maxWidth: 0
    readonly property string longest: text.split(/[\s\u00ad-]+/).reduce((one, other) => other.length > one.length ? other : one, "")
    readonly property real shrink: wrapMode === Text.NoWrap || maxWidth <= 0 || longestWord.advanceWidth <= maxWidth ? 1 : Math.max(0.6, maxWidth / longestWord.advanceWidth * 0.99)

    width: maxWidth > 0 ? maxWidth : implicitWidth
    color: Theme.foreground
    font.family: Theme.serifFamily
    font.pixelSize: size * shrink
    font.hintingPreference: Font.PreferNoHinting
    font.features: {
        "lnum": 1
    }
    wrapMode: Text.Wrap
    // Explicit, so that the alignment follows the layout direction and not the first letter.
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
