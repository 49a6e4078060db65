import QtQuick
import Mirror

// Horizontal line in the accent colour that fades out towards both ends.
Rectangle {
    gradient: Gradient {
        orientation: Gradient.Horizontal

        GradientStop {
            position: 0
            color: "transparent"
        }
        GradientStop {
            position: 0.5
            color: Theme.accent
        }
        GradientStop {
            position: 1
            color: "transparent"
        }
    }
}
