import QtQuick
import Mirror

// Words that stand back.
BodyText {
    color: Theme.muted
    font.pixelSize: Theme.smallSize
}
