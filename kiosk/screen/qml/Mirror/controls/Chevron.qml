import QtQuick
import QtQuick.Shapes
import Mirror

// Angle that points to the next page; turned round where the language runs from right to left.
Shape {
    id: chevron

    width: Theme.unit * 12
    height: Theme.unit * 22
    antialiasing: true
    preferredRendererType: Shape.CurveRenderer
    rotation: chevron.LayoutMirroring.enabled ? 180 : 0

    ShapePath {
        strokeColor: Theme.accent
        strokeWidth: Math.max(1, Theme.unit * 2.5)
        fillColor: "transparent"
        capStyle: ShapePath.RoundCap
        joinStyle: ShapePath.RoundJoin
        startX: Theme.unit
        startY: Theme.unit

        PathLine {
            x: chevron.width - Theme.unit
            y: chevron.height / 2
        }
        PathLine {
            x: Theme.unit
            y: chevron.height - Theme.unit
        }
    }
}
