import QtQuick

// A quiet surface that groups what belongs together.
Rectangle {
    property bool raised: false

    color: raised ? Style.ground : Style.panel
    radius: Style.radius
    border.width: Style.hair
    border.color: raised ? Style.edge : Style.panel
}
