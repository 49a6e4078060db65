import QtQuick
import QtQuick.Shapes
import Mirror

// The way on: a fine angle of gold, turned round where the language runs from right to left.
Shape {
    id: chevron

    width: Theme.u * 12
    height: Theme.u * 22
    antialiasing: true
    preferredRendererType: Shape.CurveRenderer
    rotation: chevron.LayoutMirroring.enabled ? 180 : 0

    ShapePath {
        strokeColor: Theme.gold
        strokeWidth: Math.max(1, Theme.u * 2.5)
        fillColor: "transparent"
        capStyle: ShapePath.RoundCap
        joinStyle: ShapePath.RoundJoin
        startX: Theme.u
        startY: Theme.u

        PathLine {
            x: chevron.width - Theme.u
            y: chevron.height / 2
        }
        PathLine {
            x: Theme.u
            y: chevron.height - Theme.u
        }
    }
}
