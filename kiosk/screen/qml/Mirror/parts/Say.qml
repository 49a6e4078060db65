import QtQuick
import Mirror

// Plain words on the glass.
Text {
    color: Theme.ivory
    font.family: Theme.sans
    font.pixelSize: Theme.body
    font.hintingPreference: Font.PreferNoHinting
    font.features: {
        "tnum": 1
    }
    wrapMode: Text.Wrap
    // Said outright, so that it turns with the layout and not with the first letter.
    horizontalAlignment: Text.AlignLeft
    lineHeight: 1.18
    textFormat: Text.PlainText
}
