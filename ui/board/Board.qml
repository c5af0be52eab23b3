pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// The hall's board. Left: the newest call, then the last ones. Right: hall and clock, then who waits.
Window {
    id: board

    required property var view
    readonly property real unit: Math.min(width / 1920, height / 1080) * 30

    visible: true
    width: 1920
    height: 1080
    title: qsTr("综合屏")
    color: Style.panel

    Binding {
        target: Style
        property: "base"
        value: board.unit
    }
    Binding {
        target: Style
        property: "language"
        value: board.view.language
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.margins: Style.gap
            spacing: Style.gap

            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.horizontalStretchFactor: 70
                Layout.preferredWidth: 1
                spacing: Style.gap

                NewestCall {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.verticalStretchFactor: 38
                    Layout.preferredHeight: 1
                    call: board.view.newest
                    open: board.view.open
                }
                LastCalls {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.verticalStretchFactor: 62
                    Layout.preferredHeight: 1
                    calls: board.view.last
                }
            }
            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                Layout.horizontalStretchFactor: 30
                Layout.preferredWidth: 1
                spacing: Style.gap

                HallPanel {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.verticalStretchFactor: 38
                    Layout.preferredHeight: 1
                    view: board.view
                }
                WaitingPanel {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.verticalStretchFactor: 62
                    Layout.preferredHeight: 1
                    view: board.view
                }
            }
        }
        NoticeLine {
            Layout.fillWidth: true
            Layout.preferredHeight: Style.base * 3
            view: board.view
        }
    }
}
