import QtQuick
import QtQuick.Layouts
import Hall

// Which counter this is, what it is for, and who sits at it.
Rectangle {
    id: plate

    required property var view

    color: Style.action

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Style.space * 1.2
        spacing: Style.tight

        Numeral {
            objectName: "counter"
            Layout.fillWidth: true
            Layout.preferredHeight: size * 0.9
            text: plate.view.counter
            size: Style.base * 5.6
            color: Style.inverse
        }
        BothWords {
            Layout.fillWidth: true
            first: plate.view.name.first
            second: plate.view.name.second
            size: Style.lead * 1.1
            ink: Style.inverse
            secondLines: 1
        }
        BothWords {
            Layout.fillWidth: true
            Layout.topMargin: Style.gap
            first: plate.view.services.first
            second: plate.view.services.second
            size: Style.body
            smaller: 0.75
            lines: 2
            secondLines: 2
            ink: Style.inverse
            strong: false
        }
        Item {
            Layout.fillHeight: true
        }
        RowLayout {
            Layout.fillWidth: true
            visible: plate.view.staff.length > 0
            spacing: Style.gap

            Initial {
                name: plate.view.staff
                size: Style.base * 2.6
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 0

                Words {
                    Layout.fillWidth: true
                    text: plate.view.staff
                    size: Style.lead
                    strong: true
                    color: Style.inverse
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
                Words {
                    Layout.fillWidth: true
                    text: (Style.language === "en" ? "No. " : "工号 ") + plate.view.staff_id
                    size: Style.small
                    color: Style.inverse
                    wrapMode: Text.NoWrap
                    elide: Text.ElideRight
                }
            }
        }
    }
}
