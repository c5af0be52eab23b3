pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Hall

// People waiting for each service. More services than fit take turns, page by page.
Panel {
    id: panel

    required property var view
    readonly property int rows: view.rows

    raised: true

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Style.space
        spacing: 0

        RowLayout {
            Layout.fillWidth: true

            BothWords {
                Layout.fillWidth: true
                zh: "等候人数"
                en: "People waiting"
                size: Style.lead
                ink: Style.actionText
                secondInk: Style.muted
                inRow: true
            }
            Words {
                visible: panel.view.pages > 1
                text: panel.view.page + " / " + panel.view.pages
                size: Style.small
                color: Style.muted
                font.features: Style.tabular
            }
        }
        Item {
            id: list
            Layout.fillWidth: true
            Layout.fillHeight: true

            Repeater {
                model: panel.view.queues

                RowLayout {
                    id: row
                    required property var modelData
                    required property int index

                    y: index * list.height / panel.rows
                    width: list.width
                    height: list.height / panel.rows
                    spacing: Style.gap

                    BothWords {
                        Layout.fillWidth: true
                        first: row.modelData.name.first
                        second: row.modelData.open ? row.modelData.name.second : "暂无窗口办理 · No counter open"
                        size: Style.body
                        smaller: 0.72
                        secondInk: Style.muted
                        lines: 1
                    }
                    BothWords {
                        Layout.fillWidth: false
                        Layout.preferredWidth: Style.base * 6
                        Layout.minimumWidth: Style.base * 6
                        visible: first.length > 0
                        first: row.modelData.wait.first
                        second: row.modelData.wait.second
                        size: Style.small
                        smaller: 0.85
                        secondInk: Style.muted
                        lines: 1
                    }
                    Numeral {
                        Layout.preferredWidth: Style.base * 3
                        Layout.fillHeight: true
                        horizontalAlignment: Text.AlignRight
                        text: row.modelData.waiting
                        size: Math.min(Style.headline, row.height * 0.75)
                        color: row.modelData.waiting > 0 ? Style.actionText : Style.muted
                    }
                }
            }
            BothWords {
                anchors.centerIn: parent
                width: parent.width
                visible: panel.view.queues.length === 0
                zh: "暂无业务"
                en: "No services yet"
                ink: Style.muted
                centred: true
            }
        }
    }
}
