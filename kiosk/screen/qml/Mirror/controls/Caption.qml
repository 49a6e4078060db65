import QtQuick
import Mirror

// Secondary text: small and muted.
BodyText {
    color: Theme.muted
    font.pixelSize: Theme.smallSize
}
