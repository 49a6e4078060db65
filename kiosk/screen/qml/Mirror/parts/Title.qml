import QtQuick
import Mirror

// Words in the display face.
Text {
    color: Theme.ivory
    font.family: Theme.serif
    font.pixelSize: Theme.title
    font.hintingPreference: Font.PreferNoHinting
    font.features: {
        "lnum": 1
    }
    wrapMode: Text.Wrap
    lineHeight: 0.98
    textFormat: Text.PlainText
}
